# Two doors: `make run` (set up, demo shop, web on :8000) and `make test` (set up, everything but the campaigns).
.PHONY: engine pictures run test test-behind quick check bench long catalogues migration api locks clean
STRATE = .venv/bin/strate
PYTEST = .venv/bin/python -m pytest
IN_TWO = -q -n 2 --dist loadfile
# A journey waits for its browser and its machine as long as it works: three go on while one of them waits.
IN_THREE = -q -n 3 --dist loadfile
# Each row collects only the folders its tests stand in; tests/house checks that none stands outside.
ROOMS = tests/kernels tests/workshop tests/operations tests/peers
MACHINES = tests/peers tests/operations
BROWSERS = tests/journeys
# They spend their time in meshes, the same on either database: on PostgreSQL they run in `make long`.
MESHES = $(addprefix tests/workshop/,inspection/test_scans.py builds/test_plate.py parts/test_views.py parts/test_comparing.py)
QUICK = tests/kernels $(addprefix tests/workshop/,journal people feedstock builds)

# The programs the tests start by the hundred are compiled once, whatever the shell of the day says.
unexport PYTHONDONTWRITEBYTECODE

run: .venv/.run-ready
	@exec $(STRATE) run --demo

# Two rows at once: the checks, rooms then browsers in front; machines then the rooms on PostgreSQL behind, since both
# wait more than they work. A browser and a machine never share a process (both bring a loop of their own).
test: .venv/.test-ready
	@setsid $(MAKE) -s test-behind >.beside.log 2>&1 & behind=$$!; \
		trap 'kill -s TERM -- -$$behind; exit 130' INT TERM; \
		if tools/check.sh; then \
			$(PYTEST) $(IN_TWO) -m "not long and not journey and not peer" $(ROOMS); rooms=$$?; \
			$(PYTEST) $(IN_THREE) -m "journey and not long" $(BROWSERS); front=$$(( $$? + rooms )); \
		else \
			front=1; kill -s TERM -- -$$behind; \
		fi; \
		wait $$behind; rest=$$?; echo "Machines and foreign servers:"; cat .beside.log; rm -f .beside.log; \
		[ $$front = 0 ] && [ $$rest = 0 ]

test-behind:
	@$(PYTEST) -q -m "peer and not long" $(MACHINES); machines=$$?; \
		echo "The same tests of the workshop on PostgreSQL, where they may touch a database:"; \
		WITHOUT_FSYNC=1 nice -n 5 tools/with-postgresql.sh $(PYTEST) $(IN_TWO) \
			-m "database and not long and not journey" $(addprefix --ignore=,$(MESHES)) tests/workshop \
		&& [ $$machines = 0 ]

quick: .venv/.test-ready
	@tools/check.sh
	@$(PYTEST) $(IN_TWO) -x -m "not long and not journey and not peer" --ignore-glob "*compare*" $(QUICK)

check: .venv/.test-ready
	@tools/check.sh

bench: .venv/.test-ready
	@.venv/bin/python -m benchmarks

long: .venv/.test-ready
	@$(PYTEST) -q -s -m long --durations=0 --durations-min=5
	@WITHOUT_FSYNC=1 tools/with-postgresql.sh $(PYTEST) $(IN_TWO) -m "not long" $(MESHES)

# For those who change the house.
engine: .venv/.run-ready
	@.venv/bin/python setup.py -q build_ext --inplace

pictures: .venv/.test-ready
	@STRATE_PICTURES=1 $(PYTEST) -q tests/journeys/test_one_production.py

migration: .venv/.test-ready
	@.venv/bin/python tools/migration.py

api: .venv/.test-ready
	@.venv/bin/python -m tools.api_snapshot

catalogues: .venv/.test-ready
	@.venv/bin/python -m tools.catalogues extract

locks: .venv/.test-ready
	@tools/locks.sh

clean:
	rm -rf .venv node_modules var src/strate/web/static/vendor

ENGINE = setup.py $(wildcard src/strate/kernels/*/native/*.[ch])
ISLANDS = tools/assets.py $(wildcard src/strate/web/islands/*.js src/strate/web/islands/*/*.js)

.venv/.run-ready: requirements/run.lock package-lock.json pyproject.toml tools/setup.sh $(ENGINE) $(ISLANDS)
	@tools/setup.sh run

.venv/.test-ready: requirements/dev.lock package-lock.json pyproject.toml tools/setup.sh $(ENGINE) $(ISLANDS)
	@tools/setup.sh test
