import pytest

pytest.register_assert_rewrite("tests.crash.stand")  # what its checks compare is shown when they fail
